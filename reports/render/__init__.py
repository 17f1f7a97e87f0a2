"""Renderers of the document model: HTML, PDF and JSON."""
