import {
  type AuthorizationFixture,
  type AuthorizationOptions,
  openAuthorization,
} from '../../fixtures/authorization.ts'
import { serveHttp } from '../http-fixtures.ts'

/** Starts an authorization server and an MCP server that takes its tokens only. Both end with the test. */
export async function serveAuthorization(
  options?: AuthorizationOptions,
): Promise<AuthorizationFixture> {
  return await openAuthorization(serveHttp, options)
}
