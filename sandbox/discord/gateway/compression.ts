import { constants, createDeflate, createZstdCompress } from 'node:zlib'

/** Writes texts into one compressed stream; every flush of it is one frame. */
export type Compressor = ReturnType<typeof over>

/**
 * Transport compression that a client requests: one zlib or zstd stream for the whole connection.
 * @returns undefined where none or an unknown one was requested: texts are then sent uncompressed
 */
export function compressor(kind: string | null): Compressor | undefined {
  if (kind === 'zlib-stream') return over(createDeflate({ flush: constants.Z_SYNC_FLUSH }))
  if (kind === 'zstd-stream') return over(createZstdCompress())
  return undefined
}

function over(stream: ReturnType<typeof createDeflate> | ReturnType<typeof createZstdCompress>) {
  let chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const flushed = (sent: (chunk: Buffer) => void) => () => {
    const whole = Buffer.concat(chunks)
    chunks = []
    if (whole.length > 0) sent(whole)
  }
  const kind = 'params' in stream ? constants.Z_SYNC_FLUSH : constants.ZSTD_e_flush
  return {
    write: (text: string, sent: (chunk: Buffer) => void): void => {
      stream.write(text)
      stream.flush(kind, flushed(sent))
    },
    end: (): void => void stream.destroy(),
  }
}
