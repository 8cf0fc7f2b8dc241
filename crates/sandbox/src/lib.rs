//! A service on loopback that speaks the dialects of the services Rollcall connects to.
