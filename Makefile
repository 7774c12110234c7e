# Sanctuary: from a bare checkout to the running page, and to all tests passed.
#
# `make` by itself lists what there is.

CARGO ?= cargo
NPM ?= npm
NODE ?= node
PREFIX ?= /usr
DESTDIR ?=
# Where `make run` and `make dev` listen: a port, or an address and a port.
LISTEN ?= 8080
# How long `make fuzz` runs each target, in seconds.
TIME ?= 60

PAGE := web/dist/index.html
PAGE_SOURCES := Cargo.toml web/build.mjs web/tsconfig.json $(shell find web/src -type f)
MODULES := web/node_modules/.package-lock.json
RELEASE := target/release/sanctuary
RELEASE_JOIN := target/small/sanctuary-join
# The daemon as `make test-rust` builds it: with a test, Cargo takes the features that tests want.
BUILD_DEBUG = $(CARGO) build --locked --workspace --bin sanctuary --bin sanctuary-join --test versions
BUILD_DAEMON = $(CARGO) build --release --locked --package sanctuary
BUILD_JOIN = $(CARGO) build --profile small --locked --package sanctuary-join
WITH_DEBUG = SANCTUARY_BIN=$(CURDIR)/target/debug/sanctuary
FUZZ_TARGETS := $(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))

.DEFAULT_GOAL := help
.PHONY: help run dev web fetch build install test test-quick check test-rust test-web test-browser test-models test-long test-patience test-mutants bench figures fuzz lighthouse pictures clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Started as root, the daemon becomes another user; `nobody` is there without any installation.
run: $(PAGE) ## Build the daemon and serve on port 8080 (LISTEN=9000 for another)
	$(BUILD_DAEMON)
	exec $(RELEASE) serve --listen $(LISTEN) --user nobody

dev: $(PAGE) ## Serve the page from disk on port 8080, for whoever changes it (DAEMON=PORT uses one that runs)
	$(if $(DAEMON),,$(BUILD_DEBUG))
	cd web && exec $(NODE) dev.mjs $(LISTEN) $(DAEMON)

web: $(PAGE) ## Build the page

# A release's vendor archive brings what the page is built of, for machines without a network.
$(MODULES): web/package.json web/package-lock.json
	$(if $(wildcard vendor/npm),rm -rf web/node_modules && cp -R vendor/npm web/node_modules,cd web && $(NPM) ci)
	@touch $@

fetch: $(MODULES) ## Fetch all that a build needs, so that it needs no network
	$(CARGO) fetch --locked

$(PAGE): $(MODULES) $(PAGE_SOURCES)
	cd web && $(NPM) run build

build: $(PAGE) ## Build the daemon with the page in it, and the terminal's client, optimised; for TARGET, if that is given
	$(if $(TARGET),packaging/build/binary.sh $(TARGET),$(BUILD_DAEMON) && $(BUILD_JOIN))

# All but `test-long`.
test: $(PAGE) ## Install what the tests need and run them all: tools/test.mjs has the parts, and how long they take
	$(NODE) tools/test.mjs

check: $(PAGE) ## Formatting, lints, types, and what dependencies may be
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(CARGO) clippy --locked --test abuse -- -D warnings
	cd web && $(NPM) run check
	tools/cargo-tool deny --locked check bans licenses sources
	@if timeout 60 tools/cargo-tool deny fetch db 2>/dev/null; then tools/cargo-tool deny --locked check --disable-fetch advisories; \
		else echo "advisories are not held by this run: their database cannot be had here"; fi

test-quick: $(PAGE) ## What needs no root, no browser and no other program: some two minutes
	$(CARGO) fmt --all --check
	$(CARGO) test --locked --workspace
	cd web && $(NPM) test

# Tests that want a program of Debian's name its package where they stand.
test-rust: $(PAGE) ## Tests of the daemon, the real binary's among them
	tools/need valgrind $$(grep -rhoP '#\[ignore = "needs \K[^"]+' tests)
	@[ "$$(id -u)" = 0 ] || echo "not root: what needs root to look into the daemon is not held by this run"
	$(CARGO) test --locked --workspace --lib --bins --test '*' -- --include-ignored --skip patience::
	$(CARGO) test --locked --workspace --bench aims

test-web: $(PAGE) ## Tests of the page's modules
	cd web && $(NPM) test

test-browser: $(PAGE) ## The page and the daemon in real browsers
	tools/need chromium firefox-esr webkit2gtk-driver xvfb fonts-dejavu-core nginx-light
	$(BUILD_DEBUG) --example members
	cd web && $(WITH_DEBUG) $(NPM) run test:browser
	cd web && for engine in Firefox WebKit; do ENGINE=$$engine $(WITH_DEBUG) $(NPM) run test:browser || exit 1; done

test-models: ## What holds and what falls in the models of the protocol, by Verifpal (MODEL=relock for one)
	$(NODE) tools/models.mjs $(MODEL)

test-long: fuzz test-patience test-sources test-arm test-mutants ## What takes too long for `make test`: fuzzing, an emulated machine, broken code (hours)

test-patience: $(PAGE) ## Tests of the daemon that wait, or search, for a minute or more
	$(CARGO) test --locked --workspace --lib --test '*' -- --ignored patience::

test-mutants: $(PAGE) ## Break what promises rest on, place by place (PART=crates/seal/), and see each noticed by a test
	tools/mutants $(PART)

# Installing is root's, and root has no business in building.
install: install-files ## The same as install-files

# Cargo's fuzzing wants a nightly compiler's flags; the stable one takes them too when told so.
fuzz: $(PAGE) ## Run every fuzz target for TIME seconds (60)
	for target in $(FUZZ_TARGETS); do \
		mkdir -p target/fuzz/corpus-$$target; \
		RUSTC_BOOTSTRAP=1 tools/cargo-tool fuzz run --target-dir target/fuzz $$target \
			target/fuzz/corpus-$$target fuzz/corpus/$$target -- -max_total_time=$(TIME) || exit 1; \
	done

bench: $(PAGE) ## Measure what docs/performance.md tells of: a quarter of an hour
	tools/need valgrind
	$(CARGO) bench --locked --bench aims

figures: $(PAGE) ## Measure, and put the figures into docs/performance.md
	tools/need valgrind
	$(CARGO) bench --locked --bench aims >target/figures.md
	sed -i '/^## Figures/q' docs/performance.md
	cat target/figures.md >>docs/performance.md

lighthouse: build ## Lighthouse's 100 for the entrance in performance, accessibility and best practices
	tools/need chromium
	$(NODE) tools/lighthouse.mjs $(RELEASE)

pictures: $(PAGE) ## The README's pictures, made anew
	tools/need chromium fonts-dejavu-core fonts-noto-color-emoji
	$(BUILD_DEBUG)
	cd web && $(WITH_DEBUG) $(NPM) run pictures

clean: ## Remove everything that was built
	rm -rf target dist web/dist web/node_modules

include packaging/packages.mk
