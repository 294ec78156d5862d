//! The whole state of the world as the pages are told it.

use serde_json::{Value, json};
use starhash_core::pbx::{Hears, Snapshot};
use virtual_pbx::Network;

use super::Live;
use super::command::Mode;
use crate::call::{Call, CallState};
use crate::phone::Line;

/// `{"type":"state",…}`; docs/page-protocol.md.
pub fn of(live: &Live) -> Value {
    let world = &live.world;
    let snapshot = heard(live);
    let doing = world.exchange().map(virtual_pbx::Exchange::doing);
    let employee = snapshot.and_then(|snapshot| snapshot.employee);
    let legs = [
        ("client", world.client_is_there()),
        ("employee", employee.is_some()),
        ("colleague", snapshot.is_some_and(|snapshot| snapshot.colleague.is_some())),
    ];
    let legs: Vec<&str> = legs.into_iter().filter(|(_, up)| *up).map(|(leg, _)| leg).collect();
    json!({
        "type": "state",
        "lang": world.journal.lang(),
        "version": env!("CARGO_PKG_VERSION"),
        "networks": Network::names(),
        "network": world.network.name(),
        "phone": phone(world.window.as_ref()),
        "client": client(live, snapshot),
        "employee": { "call": world.client.state, "hears": employee },
        "colleagues": colleagues(live, snapshot),
        "other": other(&world.other),
        "held_by_network": world.held_by_network,
        "pbx": { "legs": legs, "why": doing.map_or(json!("none"), |doing| json!(doing)) },
    })
}

/// Who hears what. The PBX does not know that the mobile holds the call: neither end hears the other then.
fn heard(live: &Live) -> Option<Snapshot> {
    let mut snapshot = live.world.snapshot()?;
    if live.world.client.state == CallState::Holding {
        for ear in [&mut snapshot.client, &mut snapshot.colleague] {
            *ear = ear.map(|hears| if hears == Hears::Employee { Hears::Nothing } else { hears });
        }
        snapshot.employee = snapshot.employee.map(|_| Hears::Nothing);
    }
    Some(snapshot)
}

fn phone(window: Option<&Line>) -> Value {
    let Some(window) = window else {
        return json!({ "on": true, "font_scale": 1.0, "front": "", "locked": false, "night": false, "landscape": false });
    };
    json!({
        "front": window.front,
        "on": window.on,
        "locked": window.locked,
        "night": window.night,
        "font_scale": window.font_scale,
        "landscape": window.landscape,
    })
}

fn client(live: &Live, snapshot: Option<Snapshot>) -> Value {
    let call = &live.world.client;
    let rings = call.state == CallState::Ringing;
    let hears = if rings { Some(Hears::Ringback) } else { snapshot.and_then(|snapshot| snapshot.client) };
    let state = match (call.state, hears) {
        (CallState::None, _) => "idle",
        (CallState::Ringing, _) => "ringing",
        (_, Some(_)) => "talking",
        (_, None) => "over",
    };
    let holds = state == "talking" && live.world.exchange().is_some_and(virtual_pbx::Exchange::is_held_by_client);
    let (name, number) = (call.caller.name, grouped(call.caller.number));
    json!({ "name": name, "number": number, "state": state, "hears": hears, "holds": holds })
}

fn colleagues(live: &Live, snapshot: Option<Snapshot>) -> Vec<Value> {
    let known = &live.words.colleagues;
    let row = |name: &str, number: &str, department: &str| {
        let snapshot = snapshot.filter(|_| live.world.target() == Some(number));
        let hears = snapshot.and_then(|snapshot| snapshot.colleague);
        let rings = snapshot.is_some_and(|snapshot| snapshot.colleague_rings);
        json!({
            "name": name,
            "number": number,
            "department": department,
            "state": if rings { "ringing" } else if hears.is_some() { "talking" } else { "idle" },
            "mode": live.modes.get(number).unwrap_or(&Mode::Free),
            "hears": hears,
        })
    };
    // Somebody outside the company is shown by the number, as long as they are in the call.
    let in_call = snapshot.is_some_and(|snapshot| snapshot.colleague_rings || snapshot.colleague.is_some());
    let stranger = live.world.target().filter(|target| in_call && known.iter().all(|known| known.number != *target));
    let colleagues = known.iter().map(|colleague| row(colleague.name, colleague.number, colleague.department));
    colleagues.chain(stranger.map(|number| row(number, number, ""))).collect()
}

fn other(call: &Call) -> Value {
    let state = match call.state {
        CallState::None | CallState::Over => "idle",
        CallState::Ringing => "ringing",
        CallState::Active => "talking",
        CallState::Holding => "held",
    };
    json!({ "name": call.caller.name, "number": grouped(call.caller.number), "state": state })
}

/// A Russian number as people write it: +7 945 210-48-36.
fn grouped(number: &str) -> String {
    let part = |from, to| number.get(from..to).unwrap_or_default();
    format!("{} {} {}-{}-{}", part(0, 2), part(2, 5), part(5, 8), part(8, 10), part(10, 12))
}
