"""Fork of Oscar's communication tables; mail itself goes out through notifications."""
