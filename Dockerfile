# Untried so far: no container engine was at hand. The database is outside, see compose.yaml.
FROM node:24-bookworm-slim
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node . .
RUN node server/setup.mjs && node_modules/.bin/node server/src/cli/build.ts
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/app/data
EXPOSE 3000
CMD ["node_modules/.bin/node", "server/src/cli/start.ts"]
