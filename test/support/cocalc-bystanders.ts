import type { CocalcWire } from '../../sandbox/cocalc/test/support/server'

/** What other people have there, entangled with the account the runs work with. */
export async function bystand(cocalc: CocalcWire): Promise<void> {
  const { account_id } = await cocalc.hub('system.test')
  const { id, apiKey: key } = await cocalc.person('Flora')
  await cocalc.hub('org.create', { name: 'Bystanders' })
  for (const user of [id, account_id]) await cocalc.hub('org.addUser', { name: 'Bystanders', user })
  await cocalc.hub('org.message', { name: 'Bystanders', subject: 'Botany', body: 'What others write' })
  const project = await cocalc.hub('projects.createProject', { title: 'CoCalc API Test' }, { key })
  await cocalc.hub('projects.addCollaborator', { opts: { project_id: project, account_id } }, { key })
  await cocalc.hub('projects.createProject', { title: 'Herbarium' })
}
