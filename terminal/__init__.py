"""How answers look in a terminal: Swedish text, tables and progress. Knows nothing of how they are found."""
