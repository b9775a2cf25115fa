-- Takes people who wait, the longest first. By ctid, so that no plan, however little the planner knows of rows that were
-- written a moment ago, reads more of them than it takes.
update bot.broadcast_people
set state = 'sending', due_at = now() + make_interval(secs => $3)
where ctid = any (array(
    select ctid from bot.broadcast_people
    where broadcast_id = $1 and state = 'waiting' and due_at <= now() and exists (
        select from bot.broadcasts where id = $1 and state in ('spreading', 'sending'))
    order by due_at, person_id limit $2 for update skip locked))
returning person_id
