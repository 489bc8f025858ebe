"""Things a person must do by a time, and what a person put aside. Knows links, never what is behind them."""
