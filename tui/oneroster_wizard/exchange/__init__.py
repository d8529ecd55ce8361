"""Many connections in and out: tables and TOML documents of profiles, how they are read, judged, saved and written."""
