import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Key, certificate and authority as files in a temporary folder, as an administrator provides them; removed at the end. */
export function handOut(authority: string, bot: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'symphony-'))
  const write = (name: string, text = ''): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    variables: {
      SYMPHONY_CA_PATH: write('authority.pem', authority),
      SYMPHONY_BOT_USERNAME: bot.username ?? '',
      SYMPHONY_BOT_PRIVATE_KEY_PATH: write('private-key.pem', bot.keyContent),
      SYMPHONY_BOT_COMBINED_CERT_PATH: write('combined.pem', bot.certificateContent),
    },
    remove: () => {
      process.off('exit', remove)
      remove()
    },
  }
}
