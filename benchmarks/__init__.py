"""Benchmarks: `python -m benchmarks` runs them all; each prints ratios taken in one run."""
