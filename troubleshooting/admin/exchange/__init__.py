"""What comes in and goes out: documents, their images, uploads, exports."""
