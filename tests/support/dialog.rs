//! The system's own dialogs, which are outside WebDriver: found by their title on the virtual screen, and driven by the keys
//! that a person presses.

use std::path::Path;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState,
    Window as WindowId,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use super::window::{Window, wait_for};

const RETURN: u32 = 0xff0d;
const ESCAPE: u32 = 0xff1b;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;

impl Window {
    /// Types a path into the system's dialog of this title and agrees.
    ///
    /// # Panics
    /// There is no such dialog.
    pub async fn save_as(&self, title: &str, path: &Path) {
        self.type_path(title, path).await;
    }

    /// Types the path of a file that is there into the system's own dialog of this title, and opens it.
    ///
    /// # Panics
    /// There is no such dialog.
    pub async fn open_file(&self, title: &str, path: &Path) {
        // In a list of files the first stroke of a path opens the field for one.
        self.type_path(title, path).await;
    }

    async fn type_path(&self, title: &str, path: &Path) {
        let keyboard = self.dialog(title).await;
        // A dialog that is still being drawn loses letters, and its list of names that fit can take the first Return for
        // itself: who sees it still there types once more.
        wait_for("the end of the dialog", async || {
            let Some(window) = keyboard.screen.titled(title) else { return Some(()) };
            keyboard.screen.focus(window);
            keyboard.chord(CONTROL, u32::from('a'));
            for letter in path.to_str().expect("a path of text").chars() {
                keyboard.letter(letter);
            }
            keyboard.press(RETURN);
            for _ in 0..50 {
                if keyboard.screen.titled(title).is_none() {
                    return Some(());
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            None
        })
        .await;
    }

    /// Closes the system's dialog of this title without choosing anything.
    ///
    /// # Panics
    /// There is no such dialog.
    pub async fn dismiss_dialog(&self, title: &str) {
        let keyboard = self.dialog(title).await;
        keyboard.press(ESCAPE);
        wait_for("the end of the dialog", async || keyboard.screen.titled(title).is_none().then_some(()))
            .await;
    }

    /// The keyboard, once the dialog of this title has the focus.
    async fn dialog(&self, title: &str) -> Keyboard {
        let screen = Screen::open(self.display());
        let window = wait_for(&format!("the dialog “{title}”"), async || screen.titled(title)).await;
        // There is no window manager that would do it.
        screen.focus(window);
        wait_for("the focus of the dialog", async || screen.has_focus(window).then_some(())).await;
        Keyboard::new(screen)
    }
}

struct Screen {
    server: RustConnection,
    root: WindowId,
    /// `_NET_WM_NAME`.
    name: Atom,
}

impl Screen {
    fn open(display: &str) -> Self {
        let (server, number) = RustConnection::connect(Some(display)).expect("the virtual screen answers");
        let root = server.setup().roots[number].root;
        let name =
            server.intern_atom(false, b"_NET_WM_NAME").expect("a question").reply().expect("an answer");
        Self { root, name: name.atom, server }
    }

    /// The visible window of this title.
    fn titled(&self, title: &str) -> Option<WindowId> {
        let windows = self.server.query_tree(self.root).ok()?.reply().ok()?.children;
        windows.into_iter().find(|window| {
            let shown = self.server.get_window_attributes(*window).ok().and_then(|asked| asked.reply().ok());
            let asked = self.server.get_property(false, *window, self.name, AtomEnum::ANY, 0, 1024).ok();
            let name = asked.and_then(|asked| asked.reply().ok());
            shown.is_some_and(|shown| shown.map_state == MapState::VIEWABLE)
                && name.is_some_and(|name| name.value == title.as_bytes())
        })
    }

    fn focus(&self, window: WindowId) {
        self.server
            .set_input_focus(InputFocus::POINTER_ROOT, window, x11rb::CURRENT_TIME)
            .expect("a request");
        self.server.flush().expect("the screen answers");
    }

    fn has_focus(&self, window: WindowId) -> bool {
        let focus = self.server.get_input_focus().ok().and_then(|asked| asked.reply().ok());
        focus.is_some_and(|focus| focus.focus == window)
    }
}

/// Keys as a person presses them.
struct Keyboard {
    screen: Screen,
    /// Symbols by key; `width` of them a key, the second with Shift.
    symbols: Vec<u32>,
    first: u8,
    width: usize,
}

impl Keyboard {
    fn new(screen: Screen) -> Self {
        let (first, last) = (screen.server.setup().min_keycode, screen.server.setup().max_keycode);
        let mapping = screen.server.get_keyboard_mapping(first, last - first + 1).expect("a question");
        let mapping = mapping.reply().expect("the keys of the screen");
        let width = usize::from(mapping.keysyms_per_keycode);
        Self { screen, symbols: mapping.keysyms, first, width }
    }

    /// The key that has this symbol, and whether with Shift.
    fn find(&self, symbol: u32) -> (u8, bool) {
        let keys = self.symbols.chunks(self.width).zip(self.first..=u8::MAX);
        let found = keys.filter_map(|(symbols, key)| {
            let place = symbols.iter().take(2).position(|own| *own == symbol)?;
            Some((key, place == 1))
        });
        found.min_by_key(|(_, shifted)| *shifted).unwrap_or_else(|| panic!("no key has {symbol:#x}"))
    }

    fn send(&self, kind: u8, key: u8) {
        let sent =
            self.screen.server.xtest_fake_input(kind, key, x11rb::CURRENT_TIME, self.screen.root, 0, 0, 0);
        sent.expect("a key").check().expect("the screen takes keys");
    }

    fn press(&self, symbol: u32) {
        let (key, _) = self.find(symbol);
        self.send(KEY_PRESS_EVENT, key);
        self.send(KEY_RELEASE_EVENT, key);
    }

    fn chord(&self, held: u32, symbol: u32) {
        let (held, _) = self.find(held);
        self.send(KEY_PRESS_EVENT, held);
        self.press(symbol);
        self.send(KEY_RELEASE_EVENT, held);
    }

    fn letter(&self, letter: char) {
        let symbol = u32::from(letter);
        if self.find(symbol).1 { self.chord(SHIFT, symbol) } else { self.press(symbol) }
    }
}
