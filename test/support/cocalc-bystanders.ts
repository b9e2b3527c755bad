import { randomUUID } from 'node:crypto'
import type { CocalcWire } from '../../sandbox/cocalc/test/support/server'
import { withDatabase } from './cocalc-database'

/** A name as runs give them, of a run that is not in this test. */
export const OTHER_RUN = 'Botany 1600000000-abcdef-1'

/** Things of other people that are related to the account of the runs, and things that this account has created manually. */
export async function bystand(cocalc: CocalcWire): Promise<void> {
  const { account_id } = await cocalc.hub('system.test')
  const { id, apiKey: key } = await cocalc.person('Flora')
  await cocalc.hub('org.create', { name: 'Bystanders' })
  // CoCalc accepts an organization without a name.
  await cocalc.hub('org.create', {})
  for (const user of [id, account_id]) await cocalc.hub('org.addUser', { name: 'Bystanders', user })
  await cocalc.hub('org.message', { name: 'Bystanders', subject: 'Botany', body: 'What others write' })
  await cocalc.hub('messages.send', { subject: OTHER_RUN, body: 'From Flora', to_ids: [account_id] }, { key })
  await cocalc.hub('org.createToken', { user: id })
  await cocalc.hub('system.manageApiKeys', { action: 'create', name: OTHER_RUN }, { key })
  const project = await cocalc.hub('projects.createProject', { title: 'CoCalc API Test' }, { key })
  await cocalc.hub('projects.addCollaborator', { opts: { project_id: project, account_id } }, { key })
  await cocalc.hub('projects.createProject', { title: OTHER_RUN }, { key })
  await cocalc.hub('projects.start', { project_id: project }, { key })
  await cocalc.hub('projects.createProject', { title: 'Herbarium' })
  await withDatabase(cocalc, async (sql) => {
    await sql.query('INSERT INTO public.jupyter_api_log (project_id, hash) VALUES ($1, $2)', [project, 'a'.repeat(40)])
    await sql.query('INSERT INTO public.jupyter_api_cache (hash) VALUES ($1)', ['a'.repeat(40)])
    await sql.query(`INSERT INTO public.central_log (id, event, value) VALUES ($1, 'auth-token', $2)`, [
      randomUUID(),
      JSON.stringify({ action: 'revoke', account_id: id }),
    ])
  })
}
