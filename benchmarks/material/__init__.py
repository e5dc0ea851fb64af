"""What the benchmarks are made of: texts, articles, queries."""
