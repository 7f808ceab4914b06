-- Callers that ask one question after the other, for wrk:
--     wrk -t2 -c64 -d60s --timeout 60s -s benchmarks/load.lua http://127.0.0.1:8000 -- [ask|search]
-- Questions are those of benchmarks/domain_questions, each made one of its kind by a number, so
-- that nothing can be answered from a store of answers. Prints what wrk does not: p95, statuses.

local path, questions, asked, thread_number = "/v1/ask", {}, 0, 0
local threads = {}

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
  table.insert(threads, thread)
end

function init(arguments)
  path = "/v1/" .. (arguments[1] or "ask")
  for _, half in ipairs({ "half-1", "half-2" }) do
    for line in io.lines("benchmarks/domain_questions/" .. half .. ".jsonl") do
      table.insert(questions, line:match('"text": "(.-)", "language"'))
    end
  end
  answered, refused, abstained = 0, 0, 0
end

function request()
  asked = asked + 1
  local question = questions[(asked * 7 + number * 3) % #questions + 1]
  local body = string.format('{"question": "%s (%d.%d)"}', question, number, asked)
  return wrk.format("POST", path, { ["Content-Type"] = "application/json" }, body)
end

function response(status, _, body)
  if status == 200 then
    answered = answered + 1
    if body:find('"abstained":true', 1, true) then abstained = abstained + 1 end
  else
    refused = refused + 1
  end
end

function done(summary, latency)
  local sums = { answered = 0, refused = 0, abstained = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    "answered %d (abstained %d), refused %d, broken %d, %.1f a second; p50 %.0f ms, p95 %.0f ms, p99 %.0f ms\n",
    sums.answered, sums.abstained, sums.refused, broken,
    sums.answered / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
