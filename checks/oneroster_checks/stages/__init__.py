"""The checks, one module a stage; `diagnosis` orders them."""
