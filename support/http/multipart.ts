import { randomUUID } from 'node:crypto'

export type FormPart =
  | { name: string; text: string }
  /** `type` is its media type, `pieces` its bytes one after the other. */
  | { name: string; filename: string; type: string; pieces: readonly Uint8Array[] }

/**
 * A form that is sent piece by piece, with its files uncopied: `FormData` keeps three copies of every file, which may have 30 MB.
 * As in browsers, lines of a text end in CRLF.
 */
export class MultipartForm {
  readonly contentType: string
  readonly pieces: readonly Uint8Array[]

  constructor(parts: readonly FormPart[]) {
    const boundary = `acceptance-${randomUUID()}`
    this.contentType = `multipart/form-data; boundary=${boundary}`
    this.pieces = [...parts.flatMap((part) => piecesOf(part, boundary)), Buffer.from(`--${boundary}--\r\n`)]
  }

  /** In bytes. */
  get length(): number {
    return this.pieces.reduce((sum, { length }) => sum + length, 0)
  }

  toString(): string {
    return Buffer.concat(this.pieces).toString()
  }
}

function piecesOf(part: FormPart, boundary: string): Uint8Array[] {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.name)}"`
  if ('text' in part) return [Buffer.from(`${head}\r\n\r\n${part.text.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`)]
  const file = `${head}; filename="${escaped(part.filename)}"\r\nContent-Type: ${part.type}\r\n\r\n`
  return [Buffer.from(file), ...part.pieces, Buffer.from('\r\n')]
}

function escaped(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}
