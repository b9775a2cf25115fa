//! Answers that both emulators give: JSON, and the page of a proxy whose server is away.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

pub(crate) fn json(status: u16, body: String) -> Response {
    with_type("application/json", status, body)
}

pub(crate) fn html_page(status: u16) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let body = format!(
        "<html>\r\n<head><title>{code}</title></head>\r\n<body>\r\n\
         <center><h1>{code}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    with_type("text/html", status, body)
}

/// The first half of what would have been answered.
pub(crate) fn half(whole: &str) -> Response {
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    json(200, half)
}

fn with_type(kind: &'static str, status: u16, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
