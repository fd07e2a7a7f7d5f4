/** The control API, put together. */
import type { FastifyInstance } from 'fastify'
import { addGroupRoutes } from './act-groups.ts'
import { addTalkRoutes } from './act-talk.ts'
import { addTopicRoutes } from './act-topics.ts'
import { addUploadRoutes } from './act-upload.ts'
import { addBenchRoutes } from './bench.ts'
import { addEventRoutes } from './events.ts'
import { addLookRoutes } from './look.ts'
import { addPeopleRoutes } from './people.ts'
import { addErrorAnswers, type Parts } from './route.ts'

export function addControlRoutes(scope: FastifyInstance, parts: Parts): void {
  addErrorAnswers(scope)
  addLookRoutes(scope, parts)
  addPeopleRoutes(scope, parts)
  addTalkRoutes(scope, parts)
  addUploadRoutes(scope, parts)
  addGroupRoutes(scope, parts)
  addTopicRoutes(scope, parts)
  addBenchRoutes(scope, parts)
  addEventRoutes(scope, parts)
}
