import { accessSync, chmodSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const USUAL = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']

/** Every `python3` of this machine, those on PATH first. */
export function pythons(path = process.env.PATH ?? ''): string[] {
  const folders = [...new Set([...path.split(':').filter(Boolean), ...USUAL])]
  return folders.map((folder) => join(folder, 'python3')).filter(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const SPEC = `{"kernelspecs":{"python3":{"resource_dir":"'"$kernels"'/python3","spec":{"argv":["python3","-m","ipykernel_launcher","-f","{connection_file}"],"env":{},"display_name":"Python 3","language":"python","interrupt_mode":"signal","metadata":{"debugger":true}}}}}`

/**
 * A `python3` that is first on a project's PATH. The kernel is the sandbox's own and always available, so it handles the commands
 * that would install or list kernels itself and passes everything else to the machine's Python.
 */
export function writeShim(folder: string, python: string): void {
  mkdirSync(folder, { recursive: true })
  const shim = join(folder, 'python3')
  const lines = [
    '#!/bin/sh',
    'kernels=$HOME/.local/share/jupyter/kernels',
    'case "$*" in',
    `"-m jupyter kernelspec list --json") echo '${SPEC}' ;;`,
    '"-m pip install ipykernel" | "-m pip install --user ipykernel")',
    '  echo "Requirement already satisfied: ipykernel (provided for this project)" ;;',
    '"-m ipykernel install --user"*)',
    '  mkdir -p "$kernels/python3"; echo "Installed kernelspec python3 in $kernels/python3" ;;',
    `*) exec '${python.replaceAll("'", `'\\''`)}' "$@" ;;`,
    'esac',
  ]
  writeFileSync(shim, `${lines.join('\n')}\n`)
  chmodSync(shim, 0o755)
}
