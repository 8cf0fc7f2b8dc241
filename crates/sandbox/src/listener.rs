//! Connections on loopback that a request can break: the faults "dropped before the answer" and "dropped amid it" have
//! no other way to reach the socket through axum. A connection can also close by itself when nobody uses it. Also switches Nagle's delay off and closes everything at shutdown.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use futures::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep_until};

/// Breaks the connection it belongs to, at once or when nobody has used it for a while.
#[derive(Clone, Default)]
pub struct Breaker(Arc<Shared>);

#[derive(Default)]
struct Shared {
    tripped: AtomicBool,
    /// Requests under way.
    busy: AtomicUsize,
    /// Milliseconds without a request after which the connection closes; 0 for never.
    idle_ms: AtomicU64,
    /// The task that waits for the next request.
    reader: AtomicWaker,
}

/// A request under way; it ends when this is dropped.
pub struct Busy(Breaker);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.busy.fetch_sub(1, Ordering::AcqRel);
        self.0.0.reader.wake();
    }
}

impl Breaker {
    /// From now on nothing is written; the connection closes at the next try.
    pub fn trip(&self) {
        self.0.tripped.store(true, Ordering::Release);
    }

    /// A request begins; `idle_ms` after the end of the last one the connection closes.
    pub fn busy(&self, idle_ms: u64) -> Busy {
        self.0.busy.fetch_add(1, Ordering::AcqRel);
        self.0.idle_ms.store(idle_ms, Ordering::Release);
        Busy(self.clone())
    }

    /// The connection stays open however long nothing happens.
    pub fn stay(&self) {
        self.0.idle_ms.store(0, Ordering::Release);
    }

    fn check(&self) -> std::io::Result<()> {
        if self.0.tripped.load(Ordering::Acquire) {
            return Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        }
        Ok(())
    }

    /// How long the connection may be idle; nothing while a request is under way.
    fn patience(&self) -> Option<Duration> {
        let idle = self.0.idle_ms.load(Ordering::Acquire);
        let busy = self.0.busy.load(Ordering::Acquire) > 0;
        (idle > 0 && !busy).then(|| Duration::from_millis(idle))
    }
}

/// A listener whose connections have a [`Breaker`].
pub struct Loopback(pub TcpListener);

/// One connection.
pub struct Line {
    stream: TcpStream,
    breaker: Breaker,
    /// When the last byte came or went.
    used: Instant,
    idle: Option<Pin<Box<Sleep>>>,
}

impl Line {
    /// Whether the other side has said nothing for too long since its last request was answered.
    fn is_given_up(&mut self, cx: &mut Context<'_>) -> bool {
        // The end of a request asks again: the server itself does not look for the next one before there is something.
        self.breaker.0.reader.register(cx.waker());
        let Some(patience) = self.breaker.patience() else {
            self.idle = None;
            return false;
        };
        loop {
            let end = self.used + patience;
            if end <= Instant::now() {
                return true;
            }
            let timer = self.idle.get_or_insert_with(|| Box::pin(sleep_until(end)));
            if timer.as_mut().poll(cx).is_pending() {
                return false;
            }
            self.idle = None;
        }
    }
}

impl axum::serve::Listener for Loopback {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        let (stream, from) = axum::serve::Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's delay");
        }
        (Line { stream, breaker: Breaker::default(), used: Instant::now(), idle: None }, from)
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Loopback>> for Breaker {
    fn connect_info(stream: IncomingStream<'_, Loopback>) -> Self {
        stream.io().breaker.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.breaker.check()?;
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_ready() {
            self.used = Instant::now();
        } else if self.is_given_up(cx) {
            // As if the other side had ended: the server then closes the connection in order.
            return Poll::Ready(Ok(()));
        }
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.breaker.check()?;
        self.used = Instant::now();
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        self.breaker.check()?;
        self.used = Instant::now();
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
