//! HTML in tokens, as browsers read it: of what others say, and of pages.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Gives each token to `take`, which says how what follows is to be read. The reader is large, and one serves all.
pub(crate) fn read(html: &str, take: &dyn Fn(Token) -> TokenSinkResult<()>) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink(take), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

struct Sink<'a>(&'a dyn Fn(Token) -> TokenSinkResult<()>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        (self.0)(token)
    }
}
