"""Pages for paper: posters, cards and plans. Pure; the PDF library is imported on first use."""
