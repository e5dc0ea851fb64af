"""An error number taken apart: HRESULT, its facility, in the reader's words."""
