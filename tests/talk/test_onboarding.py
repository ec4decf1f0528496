def test_x(stage):
    sam = stage.youth_begins()
    vera = stage.of("Vera")
    print(vera.screen)
    print(sam.screen)
    assert 0
def test_y(stage_on_either):
    stage_on_either.youth_begins()
