import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a file system answers that has no second name for a file, or none on another volume. */
const NO_LINKS = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/**
 * The journal beside the run's reports, so that it goes where they go: another machine may have to finish it. It is a second name of
 * the same file, complete whenever the process dies; where there are no such names, a copy made at the end of the run.
 */
export class JournalCopy {
  constructor(private readonly path: string) {}

  follow(journal: string): void {
    mkdirSync(dirname(this.path), { recursive: true })
    try {
      linkSync(journal, this.path)
    } catch (error) {
      if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }

  complete(journal: string): void {
    if (existsSync(this.path) && statSync(this.path).ino === statSync(journal).ino) return
    copyFileSync(journal, this.path)
  }

  remove(): void {
    rmSync(this.path, { force: true })
  }
}
