# Sourced by the commands: what programs need to find on every machine.
if [ "$(uname)" = Darwin ]; then
  # Homebrew's Pango lies outside the folders in which macOS looks for libraries.
  export DYLD_FALLBACK_LIBRARY_PATH="/opt/homebrew/lib:/usr/local/lib:${DYLD_FALLBACK_LIBRARY_PATH:-/usr/lib}"
fi
