"""Statements and tax tables as files: PDF to print and keep, XLSX and CSV to reckon with."""
