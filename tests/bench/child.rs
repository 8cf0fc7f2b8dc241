//! This program again, in another role: it writes a line when it has got somewhere and goes on when it is given one.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;

/// A process in a role; ended when dropped.
pub struct Role {
    process: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
}

impl Role {
    /// Starts it.
    pub fn start(arguments: &[&str]) -> Self {
        let program = std::env::current_exe().expect("the path of this program");
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts again");
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().expect("its output")).lines();
        Self { process, input, output }
    }

    /// Waits for its next line.
    pub fn line(&mut self) -> String {
        self.output.next().expect("it ended before it said so").expect("a line")
    }

    /// Waits for its next line, which is JSON.
    pub fn result<T: DeserializeOwned>(&mut self) -> T {
        serde_json::from_str(&self.line()).expect("a result")
    }

    /// Lets it go on.
    pub fn go_on(&mut self) {
        let input = self.input.as_mut().expect("its input");
        input.write_all(b"\n").expect("it is listening");
        input.flush().expect("it is listening");
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        // At the end of its input it ends by itself; the service would wait for its connections.
        self.input.take();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// In the role: says something, and waits to be let on.
pub fn say_and_wait(line: &str) {
    println!("{line}");
    let mut answer = String::new();
    if std::io::stdin().read_line(&mut answer).unwrap_or(0) == 0 {
        std::process::exit(0);
    }
}
