"""Traces of practice districts: each planted fault is named first, and on a healthy one nothing is."""
