import assert from 'node:assert'
import { Agent } from 'node:http'
import { Given, Then, When, World } from '@cucumber/cucumber'
import axios from 'axios'

// Baseline (b): the same scenarios with the same calls in plain cucumber-js, without the suite.

const http = axios.create({
  baseURL: process.env.BENCH_URL ?? '',
  headers: { authorization: `Bearer ${process.env.BENCH_TOKEN}` },
  httpAgent: new Agent({ keepAlive: true }),
  proxy: false,
  validateStatus: () => true,
})

class Bench extends World {
  post: { id: string; title: string } | undefined
}

Given('{word} has an account', (_who: string) => undefined)

When('{word} publishes the bench post {string}', async function (this: Bench, _who: string, title: string) {
  const body = { title, body: 'Published by the bench.', colony_id: process.env.BENCH_COLONY, post_type: 'discussion' }
  this.post = (await http.post('/posts', body)).data
})

Then('the title of the bench post is {string}', async function (this: Bench, title: string) {
  assert.strictEqual((await http.get(`/posts/${this.post?.id}`)).data.title, title)
})

Then('{word} deletes the bench post', async function (this: Bench, _who: string) {
  assert.strictEqual((await http.delete(`/posts/${this.post?.id}`)).status, 204)
})

Then('the bench post is deleted', async function (this: Bench) {
  assert.strictEqual((await http.get(`/posts/${this.post?.id}`)).status, 404)
})
