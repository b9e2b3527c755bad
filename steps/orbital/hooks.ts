import { Before } from '@cucumber/cucumber'
import { startOwnBackend } from '../../support/services/orbital/tasks/operations'
import type { AcceptanceWorld } from '../../support/world'

Before({ name: 'A separate backend', tags: '@fresh-backend' }, async function (this: AcceptanceWorld) {
  if (this.access.service === 'orbital') await startOwnBackend(this)
})
