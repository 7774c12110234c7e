//! What the screen says of itself.

/// What each key does.
pub(super) const KEYS: [(&str, &str); 17] = [
    ("Enter", "say it; Alt+Enter begins another line"),
    ("Tab", "complete a command or an alias"),
    ("Up, Down", "what was typed before"),
    ("Ctrl+_, Alt+Z", "undo; Alt+Y does it again"),
    ("PageUp, PageDown", "go through the conversation"),
    ("End", "to the newest, where nothing stands behind the cursor"),
    ("Alt+Up, Alt+Down", "select a message, to answer, react, take back, say again"),
    ("Ctrl+F", "search: Enter goes to the next above, Esc ends it"),
    ("F1, Alt+H", "this help"),
    ("F2, Alt+P", "show or hide the members"),
    ("F3, Alt+M", "to the message before that names you"),
    ("F4, Alt+B", "ring for mentions, for all, or never"),
    ("F5, Alt+I", "the invitation, and its code for a camera"),
    ("F6, Alt+T", "tell who is typing, and be told, or neither"),
    ("Ctrl+L", "draw all anew"),
    ("Ctrl+Z", "stop for a while"),
    ("Ctrl+C", "forget what is being typed, or leave"),
];

pub(super) const PASTE: &str = "Enter: put them into the box   Esc: forget them";
pub(super) const VERIFY: &str = "y: it is this number   n: it is another one   Esc: not now";
pub(super) const LEAVE: &str = "Enter or Ctrl+C: leave the room   Esc: stay";

pub(super) const DERIVING: &str = "Making keys of the password…";
pub(super) const CONNECTING: &str = "Connecting…";
pub(super) const RECONNECTING: &str = "Reconnecting…";
pub(super) const CLOSES: &str = "Enter: close";

/// What can be done where nothing is tried by itself any more.
pub(super) const STUCK: &str = "Ctrl+R: try again   Ctrl+C: leave";
pub(super) const STUCK_GONE: &str = "Ctrl+R: try again   Ctrl+O: open the room again   Ctrl+C: leave";

pub(super) const PASTE_TOO_LONG: &str = "That is too long to be pasted.";
pub(super) const NOT_FOUND: &str = "Nothing more is found above.";
pub(super) const NO_MENTION: &str = "Nothing more names you.";
pub(super) const NO_EMOJI: &str = "That is no emoji.";
pub(super) const BELL_OFF: &str = "The bell is off.";
pub(super) const BELL_MENTIONS: &str = "The bell rings for mentions and whispers.";
pub(super) const BELL_ALL: &str = "The bell rings for every message.";
pub(super) const TYPING_TOLD: &str = "It is told who is typing: you of others, and others of you.";
pub(super) const TYPING_UNTOLD: &str = "Nobody is told that you are typing, nor you that others are.";
pub(super) const NOTHING_KEPT: &str = "Esc: back to the box";
pub(super) const TOO_SMALL: &str = "The window is too small.";
