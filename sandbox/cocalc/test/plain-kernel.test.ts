import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { needs } from '../../kit/test/needs'
import { temporaryFolder } from '../../kit/test/temporary'
import { KernelDriver } from '../project/driver'
import { pythons } from '../project/python'
import { ProcessWatch } from '../project/watch'

describe('a Python without ipykernel', needs('python'), () => {
  const folder = temporaryFolder()

  test('runs code all the same', async () => {
    const bare = join(folder, 'python3')
    writeFileSync(bare, `#!/bin/sh\nexec '${pythons()[0]}' -S "$@"\n`)
    chmodSync(bare, 0o755)
    const watch = new ProcessWatch(join(folder, 'watched'))
    const driver = await KernelDriver.start([bare], watch, folder)
    expect(driver.hasIpykernel).to.equal(false)
    const wish = { file: join(folder, 'runtime', 'k.json'), socket: join(folder, 's'), cwd: folder, env: { HOME: folder } }
    const pid = await driver.launch(wish, () => undefined)
    const execute = (code: string) => driver.execute(pid, code, 1_000)
    expect(await execute('a = 100')).to.deep.equal([])
    expect(await execute('sum(range(a + 1))')).to.deep.equal([{ data: { 'text/plain': '5050' } }])
    expect(await execute('print("Hello from Jupyter")\n[x**2 for x in range(5)]')).to.deep.equal([
      { name: 'stdout', text: 'Hello from Jupyter\n' },
      { data: { 'text/plain': '[0, 1, 4, 9, 16]' } },
    ])
    const [error] = await execute('1 / 0')
    expect(error).to.include({ ename: 'ZeroDivisionError', evalue: 'division by zero' })
    const begun = join(folder, 'begun')
    const interrupted = execute(`import time\nopen(${JSON.stringify(begun)}, 'w').close()\ntime.sleep(20)`)
    for (let tries = 0; tries < 3_000 && !existsSync(begun); tries++) await pause(10)
    process.kill(pid, 'SIGINT')
    expect((await interrupted)[0]).to.include({ ename: 'KeyboardInterrupt' })
    const killed = execute('time.sleep(20)').catch((reason: Error) => reason.message)
    process.kill(-pid, 'SIGKILL')
    expect(await killed).to.equal('closed')
    driver.forget(pid)
    expect(await execute('1').catch((reason: Error) => reason.message)).to.equal('closed')
    driver.close()
    watch.close()
  })
})
