/** An execution: its code, its kernel and its time limit. */
export interface Execution {
  kernel: string
  history: readonly string[]
  input: string
  path?: string | undefined
  limits: Limits
  /** Prefix of the error for an unknown kernel: the hub adds its own `Error: `. */
  refusalPrefix: string
  /** How many kernels are kept warm afterwards. */
  pool?: number
}

export interface Limits {
  totalSeconds: number
  cellSeconds: number
  cellCharacters: number
  totalCharacters: number
}

const PYTHON = {
  name: 'python3',
  display_name: 'Python 3',
  language: 'python',
  interrupt_mode: 'signal',
  env: {},
  metadata: { debugger: true },
  resource_dir: '/usr/share/jupyter/kernels/python3',
  argv: ['python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
}

export type KernelSpec = typeof PYTHON

/** Only Python's, where this machine has a Python. */
export function specsWith(pythons: readonly string[]): KernelSpec[] {
  return pythons.length > 0 ? [PYTHON] : []
}

export function unknownKernel({ kernel, refusalPrefix }: Execution, specs: readonly KernelSpec[]): Error {
  const known = JSON.stringify(specs.map(({ name }) => name))
  const lines = [
    `${refusalPrefix}**Unable to Spawn Jupyter Kernel:**`,
    '',
    `Error: No spec available for kernel "${kernel}".  Available specs: ${known} `,
    '',
    'See which kernels the project has by listing them,',
    'or install the one that is missing.',
  ]
  return new Error(lines.join('\n'))
}
