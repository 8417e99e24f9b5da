;; Where four bytes of a word may stand, 16 places at a time: the first step of the search in word-search.ts.
;;
;; Words are put into eight buckets. For each of the four bytes there are two tables of 16 bytes, one for its lower four bits
;; and one for its upper four; a table's bit n says that a word of bucket n may have such bits there. A place where one bucket
;; is left in all eight is one to look at. (G. Langdale's Teddy, in Hyperscan's literal matcher, does the same.) Most of those
;; are none: the four bytes themselves are looked up in two tables of bits, each by 16 bits of a hash, before anybody hears of
;; them.
(module
  ;; The tables stand at 0, the bits at 128 and at 8320; the text, and 19 bytes behind it that may be anything, from TEXT on.
  (memory (export "memory") 32)
  ;; The first place from $at on, before $end, that is to be looked at; $end where there is none.
  (func (export "next") (param $at i32) (param $end i32) (result i32)
    (local $low0 v128) (local $high0 v128)
    (local $low1 v128) (local $high1 v128)
    (local $low2 v128) (local $high2 v128)
    (local $low3 v128) (local $high3 v128)
    (local $nibble v128) (local $bytes v128) (local $buckets v128)
    (local $places i32) (local $place i32) (local $hash i32)
    (local.set $low0 (v128.load offset=0 (i32.const 0)))
    (local.set $high0 (v128.load offset=16 (i32.const 0)))
    (local.set $low1 (v128.load offset=32 (i32.const 0)))
    (local.set $high1 (v128.load offset=48 (i32.const 0)))
    (local.set $low2 (v128.load offset=64 (i32.const 0)))
    (local.set $high2 (v128.load offset=80 (i32.const 0)))
    (local.set $low3 (v128.load offset=96 (i32.const 0)))
    (local.set $high3 (v128.load offset=112 (i32.const 0)))
    (local.set $nibble (i8x16.splat (i32.const 15)))
    (loop $blocks
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $end))))
      (local.set $bytes (v128.load offset=0 (local.get $at)))
      (local.set $buckets
        (v128.and
          (i8x16.swizzle (local.get $low0) (v128.and (local.get $bytes) (local.get $nibble)))
          (i8x16.swizzle (local.get $high0) (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $nibble)))))
      (local.set $bytes (v128.load offset=1 (local.get $at)))
      (local.set $buckets
        (v128.and
          (local.get $buckets)
          (v128.and
            (i8x16.swizzle (local.get $low1) (v128.and (local.get $bytes) (local.get $nibble)))
            (i8x16.swizzle (local.get $high1) (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $nibble))))))
      (local.set $bytes (v128.load offset=2 (local.get $at)))
      (local.set $buckets
        (v128.and
          (local.get $buckets)
          (v128.and
            (i8x16.swizzle (local.get $low2) (v128.and (local.get $bytes) (local.get $nibble)))
            (i8x16.swizzle (local.get $high2) (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $nibble))))))
      (local.set $bytes (v128.load offset=3 (local.get $at)))
      (local.set $buckets
        (v128.and
          (local.get $buckets)
          (v128.and
            (i8x16.swizzle (local.get $low3) (v128.and (local.get $bytes) (local.get $nibble)))
            (i8x16.swizzle (local.get $high3) (v128.and (i16x8.shr_u (local.get $bytes) (i32.const 4)) (local.get $nibble))))))
      (if (v128.any_true (local.get $buckets))
        (then
          (local.set $places (i8x16.bitmask (i8x16.ne (local.get $buckets) (v128.const i64x2 0 0))))
          (loop $each
            (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $places))))
            (if (i32.ge_u (local.get $place) (local.get $end)) (then (return (local.get $end))))
            (local.set $hash (i32.mul (i32.load (local.get $place)) (i32.const 0x9e3779b1)))
            (if (i32.and
                  (i32.const 1)
                  (i32.and
                    (i32.shr_u
                      (i32.load8_u offset=128 (i32.shr_u (local.get $hash) (i32.const 19)))
                      (i32.and (i32.shr_u (local.get $hash) (i32.const 16)) (i32.const 7)))
                    (i32.shr_u
                      (i32.load8_u offset=8320 (i32.and (i32.shr_u (local.get $hash) (i32.const 10)) (i32.const 0x1fff)))
                      (i32.and (i32.shr_u (local.get $hash) (i32.const 7)) (i32.const 7)))))
              (then (return (local.get $place))))
            (local.set $places (i32.and (local.get $places) (i32.sub (local.get $places) (i32.const 1))))
            (br_if $each (local.get $places)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $blocks))
    (unreachable)))
