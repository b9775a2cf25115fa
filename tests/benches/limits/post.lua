-- Posts a body as long as a usual update.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"update_id":1,"text":"' .. string.rep("x", 675) .. '"}'
