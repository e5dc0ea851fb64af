"""What the benchmarks run on: databases, servers, yardsticks."""
