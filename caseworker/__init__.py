"""Case management for employability programmes: record once, trace every percentage and every pound."""
