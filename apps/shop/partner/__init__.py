"""Fork of Oscar's partners and stock records: never oversold."""
