# syntax=docker/dockerfile:1

# Everything that is needed to build.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci
COPY . .
RUN npm run build

# What the process needs when it runs, and nothing else.
FROM node:22-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci --omit=dev --workspaces=false

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist dist
COPY --from=build /app/docs/openapi.json docs/
COPY --from=build /app/src/cli/demo/history/history.ejson.br src/cli/demo/history/
COPY --from=build /app/web/dist web/dist
RUN mkdir -p /data/files && chown -R node:node /data
ENV FILES_PATH=/data/files
# A container has its network to itself: who reaches it is decided outside.
ENV HOST=0.0.0.0
# What is uploaded lies in /tmp until it is kept: on a disk, also where the rest of the container can only be read.
VOLUME ["/data", "/tmp"]
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Small steps of the garbage collection: 30 MB less when idle, and no slower (docs/benchmarks.md, start).
CMD ["node", "--max-semi-space-size=4", "dist/main.js"]
