//! How one request is handled: its client and host are found, limits are checked, and it gets its
//! answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};
use hyper::{Request, Response, Version};

use super::accept::{HttpState, Peer};
use super::connection::{Client, Upgraded};
use super::host::Host;
use super::{Options, Server, forwarded, now, responses, routes, upgrade};

impl Server {
    /// Answers a request on a connection that has a permit; without one there is no place for it.
    /// Many requests at once wait for their turn: none is lost, and no other client is held up.
    pub(super) async fn respond(
        &self,
        mut request: Request<Incoming>,
        from: Peer,
        options: &Arc<Options>,
        state: &Mutex<HttpState>,
    ) -> Response<Full<Bytes>> {
        let state = || state.lock().unwrap_or_else(PoisonError::into_inner);
        state().has_body = !request.body().is_end_stream();
        if state().permit.is_none() {
            return responses::too_many_connections();
        }
        let headers = request.headers();
        let proxied = forwarded::is_proxy(from.address, &options.proxies);
        // `None` if the proxy names nobody. By the header of a connection it has had its say: what requests claim there may
        // be the visitor's own.
        let client = match (proxied, from.introduced) {
            (false, _) => Some(from.address),
            (true, true) => None,
            (true, false) => forwarded::client(headers, &options.proxies),
        };
        let address = client.unwrap_or(from.address);
        let passed_on = proxied || from.introduced;
        let secure = from.secure || passed_on && forwarded::is_by_https(headers, &options.proxies);
        match self.limits.request(address, now()) {
            None => return responses::too_many_connections(),
            Some(Duration::ZERO) => {}
            Some(turn) => tokio::time::sleep(turn).await,
        }
        let host = match Host::of(&request) {
            Ok(host) => host,
            Err(fault) => return responses::bad_request(fault),
        };
        if let Some(response) = routes::redirect_leaked_invitation(&request) {
            return response;
        }
        let is_served = host.as_ref().is_some_and(|host| host.is_served(&options.hosts));
        if !routes::is_health_check(&request) {
            match &host {
                Some(host) if !is_served => return responses::misdirected(host),
                None if request.version() != Version::HTTP_10 => {
                    return responses::bad_request(routes::NO_HOST);
                }
                _ => {}
            }
            if let Some(port) = options.redirect
                && !secure
            {
                return host.map_or_else(
                    || responses::bad_request(routes::NO_HOST),
                    |host| routes::redirect_to_https(&request, &host, port),
                );
            }
        }
        let is_from_here = !passed_on
            && host.as_ref().is_some_and(Host::is_loopback)
            && forwarded::is_from_here(from.address, request.headers());
        if is_from_here && routes::asks_for_addresses(&request) {
            return routes::addresses(&options.for_others);
        }
        let mut response = match routes::answer(&request, self.makes_way()) {
            routes::Route::Answer(response) => response,
            routes::Route::Socket => match upgrade::accept(&mut request, host.as_ref(), options) {
                Err(response) => *response,
                Ok(response) => {
                    let booked = proxied.then_some(address);
                    let permit = state().permit.take();
                    let Some(permit) = permit.and_then(|permit| permit.on_behalf_of(booked)?.greeted())
                    else {
                        return responses::too_many_connections();
                    };
                    let (hub, nonce) = self.hub.connect(permit.address());
                    let client = Client { permit, is_creator: options.creators.include(client) };
                    state().upgraded = Some(Upgraded { hub, nonce, client });
                    response
                }
            },
        };
        if let Some(how_long) = options.hsts
            && secure
            && is_served
            && host.is_some_and(|host| host.is_a_name_of_its_own())
        {
            routes::insist_on_https(response.headers_mut(), how_long);
        }
        response
    }
}
