"""From records to answers: search, trace, timeline, ledger and exports."""
