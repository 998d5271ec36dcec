import 'reflect-metadata'
import type { Sequelize } from 'sequelize'
import { container as root, type DependencyContainer } from 'tsyringe'
import { ClockToken, systemClock, type Clock } from './clock'
import { ConfigToken, type Config } from './config/config'
import { SequelizeToken } from './database/sequelize'
import { LoggerToken, type Logger } from './logging/logger'
import { RedisToken, type RedisClient } from './redis/redis'
import { IdentityCacheToken, noIdentityCache } from './session/identity-cache'
import { RedisIdentityCache } from './session/redis-identity-cache'
import { HttpWechatGateway } from './wechat/http-wechat-gateway'
import { WechatGatewayToken } from './wechat/wechat-gateway'

/** The composition root: what is not a class of ours, and which class stands for an abstract one. */
export function createContainer(parts: {
  config: Config
  logger: Logger
  sequelize: Sequelize
  clock?: Clock
  redis?: RedisClient | null
}): DependencyContainer {
  const container = root.createChildContainer()
  container.registerInstance(ConfigToken, parts.config)
  container.registerInstance(LoggerToken, parts.logger)
  container.registerInstance(SequelizeToken, parts.sequelize)
  container.registerInstance(ClockToken, parts.clock ?? systemClock)
  container.register(RedisToken, { useFactory: () => parts.redis ?? null })
  if (parts.redis) container.register(IdentityCacheToken, { useToken: RedisIdentityCache })
  else container.registerInstance(IdentityCacheToken, noIdentityCache)
  container.register(WechatGatewayToken, { useToken: HttpWechatGateway })
  return container
}
