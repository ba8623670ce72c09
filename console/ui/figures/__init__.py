"""Numbers and what stands behind them: strip, tiles, trend, and the lists they open."""
