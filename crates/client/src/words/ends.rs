//! Why one is not in, or not any more.

use sanctuary_wire::{End, Refusal};

use crate::session::{Ended, Ending, Obstacle, Over, Refused};

/// How a visit has ended.
#[must_use]
pub fn over(over: &Over) -> String {
    match over {
        Over::Refused(why, _) => refused(*why).to_owned(),
        Over::Ended(ended) => ending(ended),
    }
}

/// Why the conversation is over.
#[must_use]
pub fn ending(ended: &Ended) -> String {
    let fixed = match (ended.ending, &ended.by) {
        (Ending::By(End::Kicked), Some(who)) => {
            return format!(
                "{who} put you out of the room. Ask there for a new invitation if you are to come back."
            );
        }
        (Ending::By(End::Stopped), Some(who)) => {
            return format!(
                "{who} stopped the room. The conversation is over for everybody. To talk on, open a new room."
            );
        }
        (Ending::Left, _) => "You have left the room.",
        (Ending::By(End::Kicked), None) => {
            "You were kicked out of the room. Ask a member for a new invitation if you are to come back."
        }
        (Ending::By(End::Stopped), None) => {
            "The room was stopped. The conversation is over for everybody. To talk on, open a new room."
        }
        (Ending::By(End::TooSlow), _) => {
            "Your connection was too slow to keep up with the room. Enter again by the invitation, on a better \
             line."
        }
        (Ending::By(End::Flooding), _) => {
            "You sent too much too fast, and the server ended your connection. Enter again by the invitation, and \
             send less at once."
        }
        (Ending::By(End::ResumedElsewhere), _) => {
            "Your place in the room was taken over by another connection. If that was not your own program, warn \
             the others, and open a new room."
        }
        (Ending::By(End::ShuttingDown), _) => {
            "The server is shutting down. The conversation is over for everybody. Open a new room once it runs \
             again."
        }
        (Ending::By(End::Malformed), _) => {
            "The server and this program do not understand each other. Enter again by the invitation, and bring \
             both to the same version if that goes on."
        }
        (Ending::PutOut, _) => {
            "The server put you out of the room. That a member who may do so said it could not be checked. Ask the \
             others by another way, and enter again by the invitation."
        }
        (Ending::LeftOut, _) => {
            "The room was given a new password, and by what the server says you are not among those who got it. \
             Ask a member for a new invitation."
        }
        (Ending::StoppedByHost, _) => {
            "Whoever runs the server stopped the room. The conversation is over for everybody. Open a new room, or \
             ask them why."
        }
        (Ending::StoppedUnread, _) => {
            "The server says that the room was stopped. That a member who may do so said it could not be checked. \
             Ask the others by another way, and open a new room."
        }
        (Ending::StoppedAway, _) => STOPPED_AWAY,
    };
    fixed.to_owned()
}

const STOPPED_AWAY: &str = "While your connection was lost the room was stopped, as the server says. What you wrote \
                            meanwhile was read by nobody. The conversation is over for everybody. To talk on, open \
                            a new room.";

/// Why one is not in.
#[must_use]
pub fn refused(refused: Refused) -> &'static str {
    match refused {
        Refused::Unreachable => "The server can’t be reached. Check the connection and try again.",
        Refused::BreakOver => {
            "The connection was lost for half an hour: the conversation and the password are wiped. To enter \
             again, give the password once more."
        }
        Refused::FalseRoom => {
            "What the server shows is not the room that this password opens. Do not trust this server with it: ask \
             whoever runs it."
        }
        Refused::By(refusal) => by_daemon(refusal),
    }
}

fn by_daemon(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoEntry => {
            "No entry: there is no such room, or the password is not the right one. The room may have been given a \
             new password, which makes older invitations void: ask for a new one."
        }
        Refusal::Taken => {
            "A room with this key is already open. Enter it by its invitation, or choose another key."
        }
        Refusal::AliasInUse => "Somebody in the room already has this alias. Choose another one.",
        Refusal::Full => "The room is full. Try again when somebody has left.",
        Refusal::Locked => "The room is locked. Ask somebody inside to unlock it.",
        Refusal::Busy => {
            "The server is busy, or there were too many tries from your address. Wait a little and try again."
        }
        Refusal::Malformed => {
            "The server and this program do not understand each other: bring both to the same version."
        }
        Refusal::NeedsCode => "To open a room here takes a code. Ask whoever runs this server for it.",
        Refusal::NotFromHere => {
            "Rooms are opened here from the networks of the host alone. Ask whoever runs this server, or connect \
             from there."
        }
        Refusal::GraceOver => {
            "The connection was lost for too long and your place in the room is gone. Enter again by the \
             invitation."
        }
        Refusal::Kicked => {
            "While the connection was lost you were put out of the room. Ask a member for a new invitation if you \
             are to come back."
        }
        Refusal::RoomGone => {
            "While the connection was lost the room was closed. Open it again with the same key and password, or a \
             new one."
        }
        Refusal::Draining => "This server is about to restart and opens no rooms. Try again in some minutes.",
        Refusal::Stopped => STOPPED_AWAY,
    }
}

/// Why whoever lost its place is not in again.
#[must_use]
pub fn obstacle(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Locked => {
            "Your place was given up, and the room is locked. You come in by yourself once somebody inside unlocks \
             it."
        }
        Obstacle::Full => {
            "Your place was given up, and the room is full. You come in by yourself once somebody has left."
        }
        Obstacle::AliasInUse => {
            "Your place was given up, and somebody else in the room has your alias now. Wait until that one has \
             left; or copy the invitation, leave, and enter by it under another alias."
        }
        Obstacle::RoomGone => {
            "The room is gone: its last place was given up. You can open it again, with the same key and password, \
             so that the same invitation leads there."
        }
        Obstacle::NoEntry => {
            "The room is gone, or was given another password: nobody enters by yours. If it is gone, you can open \
             it again, with the same key and password."
        }
        Obstacle::AnotherPassword => {
            "Your invitation is no longer good: the room has another password. Ask somebody inside for a new one."
        }
        Obstacle::NeedsCode => {
            "The room is gone, and to open it again takes a code. Ask whoever opened it, or runs this server; copy \
             the invitation, leave, and open the room with the code."
        }
        Obstacle::NotFromHere => {
            "The room is gone, and rooms are opened here from the networks of the host alone. Copy the invitation, \
             leave, and ask whoever runs this server."
        }
        Obstacle::Draining => {
            "The room is gone, and this server is about to restart and opens no rooms. Open it again in some \
             minutes."
        }
    }
}
