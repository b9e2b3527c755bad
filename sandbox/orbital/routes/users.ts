import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import { fits } from '../passwords'
import { issue } from '../tokens'
import { checked } from '../validation'

interface LoginRow {
  id: string
  password_hash: string | null
  is_active: boolean
}

const login = z.object({ phone: z.string(), password: z.string() })
const FIND = 'select id, password_hash, is_active from marten.users where phone = $1'

export const userRoutes: FastifyPluginAsync<RouteOptions> = async (app, { orbital }) => {
  app.post('/auth/login', async (request) => {
    const { phone, password } = checked(login, request.body, 'body')
    // PostgreSQL's text cannot contain NUL, so no user has a phone with one.
    const [user] = phone.includes('\0') ? [] : await orbital.database.rows<LoginRow>(FIND, [phone])
    if (!user || !(await fits(password, user.password_hash))) throw refuse(401, 'Incorrect phone or password')
    if (!user.is_active) throw refuse(403, 'User is inactive')
    const access_token = await issue(Number(user.id), orbital.settings)
    return { access_token, token_type: 'bearer', expires_in: orbital.settings.JWT_EXPIRES_SECONDS }
  })

  app.get('/users/me', async (request) => {
    const { id, external_id, phone } = await caller(orbital, request)
    const [courier] = await orbital.database.rows<{ status: string }>(
      'select status from self_delivery.couriers where user_id = $1',
      [id],
    )
    return { id, external_id, phone, courier: courier ? { status: courier.status } : null }
  })
}
