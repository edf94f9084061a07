import { type DynamicModule, Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CONFIG, type Config } from '../../config/config.js';
import { AskedTogether } from './asked-together.js';
import { endCommandsOfClosedConnections } from './closed-connections.js';
import { Migrator } from './migrator.js';
import { Transactions } from './transactions.js';

/** The connection. Indexes are made by `migrate` under a lease, never by a booting process on its own. */
@Global()
@Module({})
export class MongoModule {
  static connect(): DynamicModule {
    endCommandsOfClosedConnections();
    return {
      module: MongoModule,
      imports: [
        MongooseModule.forRootAsync({
          inject: [CONFIG],
          useFactory: (config: Config) => ({
            uri: config.MONGODB_URI,
            autoIndex: false,
            autoCreate: false,
            maxPoolSize: 50,
            // Tests watch which queries are made.
            monitorCommands: config.NODE_ENV === 'test',
            serverSelectionTimeoutMS: 5000,
            // A server that takes a connection and says nothing, as one that just starts, keeps nobody for half a minute.
            connectTimeoutMS: 5000,
            retryAttempts: 5,
            retryDelay: 500,
          }),
        }),
      ],
      providers: [AskedTogether, Migrator, Transactions],
      exports: [AskedTogether, Migrator, Transactions],
    };
  }
}
