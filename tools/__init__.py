"""Scripts of the developers: what `codegen.sh` and the checks run. Not part of the distribution."""
