#!/bin/sh
# The command line is in the program of the window, so that an installation has the core once.
exec /usr/bin/rollcall ctl "$@"
