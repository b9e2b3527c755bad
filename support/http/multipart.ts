import { randomUUID } from 'node:crypto'

export type FormPart =
  | { name: string; text: string }
  /** `type` is its media type. */
  | { name: string; filename: string; type: string; bytes: Uint8Array }

export interface MultipartForm {
  /** With the boundary. */
  contentType: string
  body: Buffer
}

/**
 * A form with files, each copied only once: `FormData` keeps a second and a third copy of every file, which may have 30 MB.
 * As in browsers, lines of a text end in CRLF.
 */
export function multipartForm(parts: readonly FormPart[]): MultipartForm {
  const boundary = `acceptance-${randomUUID()}`
  const pieces = parts.flatMap((part) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.name)}"`
    return 'text' in part
      ? [Buffer.from(`${head}\r\n\r\n${part.text.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`)]
      : [
          Buffer.from(`${head}; filename="${escaped(part.filename)}"\r\nContent-Type: ${part.type}\r\n\r\n`),
          part.bytes,
          Buffer.from('\r\n'),
        ]
  })
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

function escaped(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}
